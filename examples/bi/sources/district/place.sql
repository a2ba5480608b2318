-- The places in the selection of yubei-fund, and what its budget pays, of the enterprises that have or may have one.
select key::int as enterprise_id, top_place_low as place_low, top_place_high as place_high,
       case when top_place_low is null then '' when top_place_low = top_place_high then top_place_low::text
            else top_place_low || '至' || top_place_high end as place,
       case when top_member is false then '' when top_selected then '入选' when top_selected is null then '未定' else '未入选' end as selected,
       total_awards_claim_low as claim_low, total_awards_claim_high as claim_high,
       total_awards_amount_low as amount_low, total_awards_amount_high as amount_high
from fund_places
where top_place_low is not null or total_awards_claim_high > 0
order by top_place_low, top_place_high, enterprise_id
