-- What the functions of several forms have in common (forms.awk).

-- A question is asked of a row or a jsonb object, with a policy or the name of a stored one.
-- @set forms: e | p | form | volatile | stored | stored_definition
-- 	record | zjtx.policy | row | IMMUTABLE |  |
-- 	record | text | row_name | STABLE | " The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704)." | " The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704)."
-- 	jsonb | zjtx.policy | jsonb | IMMUTABLE |  |
-- 	jsonb | text | jsonb_name | STABLE | " The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704)." | " The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704)."

-- Two policies that are compared: each is a policy or the name of a stored one.
-- @set pairs: p1 | p2 | names | volatile | stored
-- 	zjtx.policy | zjtx.policy |  | IMMUTABLE |
-- 	text | text | _names | STABLE | " A policy of type text is the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704)."
-- 	text | zjtx.policy | _name_policy | STABLE | " A policy of type text is the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704)."
-- 	zjtx.policy | text | _policy_name | STABLE | " A policy of type text is the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704)."

-- The functions with which the planner replaces questions, with a policy or the name of a stored one.
-- @set given: p | name | volatile | hash | hash_of_stored
-- 	zjtx.policy |  | IMMUTABLE | " The list may begin with a hash of the policy''s text; another text is then an error (40001)." |
-- 	text | _name | STABLE | " The list begins with a hash of the stored policy''s text; another text is an error (40001)." | " The list begins with a hash of the stored policy''s text; another text is an error (40001)."
