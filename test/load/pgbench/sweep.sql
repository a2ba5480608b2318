CALL sweep('facts', 'id', '{load-fixed,load-moving,load-moving/3}');
