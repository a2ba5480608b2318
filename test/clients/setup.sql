-- The data for all clients: four enterprises and a stored document.  The amount of the first has more digits than
-- a double can hold; the second and the last have unknown facts.
create table enterprise (id int primary key, name text, region text, revenue numeric, titled_on date, rated numeric);
insert into enterprise values
  (1, '安达',    'east', 24691357802469135.78, '2025-01-01', 12),
  (2, 'Boyuan',  null,   500000,               null,         null),
  (3, 'Chuanda', 'west', 50000,                '2025-07-01', 3),
  (4, 'Dingli',  'east', null,                 null,         null);

-- The old and the new document: clause 1 moves from the east to the west.
create table law (name text primary key, document text);
insert into law select name, format($$
policy grants 'Grants of a town'
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact rated number 分 between 0 and 15
fact titled_on date null means none
clause 1 'a half' reward when region = '%s' pay revenue * 50%%
clause 2 'titles' reward when titled_on <= 2025-06-30 pay 10万元
ladder 'of the town'
  rung sound '稳健' when revenue >= 10万元
  rung leading '领先, “一”级' when revenue >= 10万元 and band(revenue : >= 100万元 then 30, else 5) + rated >= 40
$$, region) from (values ('old', 'east'), ('new', 'west')) as l (name, region);

create table answer (id int, amount numeric, eligible boolean, missing text[]);
select zjtx.store(document) from law where name = 'old';
