-- The enterprise dimension.
select enterprise_id, name, street,
       case size_class when 'large' then '大型' when 'medium' then '中型' when 'small' then '小型'
                       when 'micro' then '微型' else '未划型' end as size,
       coalesce(industry_tags[1], '其他') as industry
from enterprise
