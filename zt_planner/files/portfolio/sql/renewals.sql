-- Terms that end in each quarter of the fiscal year: what they cost, and how many were held before the plans.
-- What was held costs what nobody has said, and what recurs without a price has no known term: the quarters of both
-- are lower bounds, and so are all of them where a client has no schedule.
WITH ends AS (
    SELECT client, ends AS day, amount, is_held_before, FALSE AS is_unknown FROM terms
    UNION ALL
    SELECT client, month, NULL, FALSE, TRUE FROM lines WHERE is_recurring AND is_cash AND amount IS NULL
)
SELECT
    fiscal_year(day, $first_month) AS fiscal_year,
    quarter_of(day, $first_month) AS quarter,
    quarter_begins(day, $first_month) AS begins,
    count(DISTINCT client) FILTER (NOT is_unknown) AS clients,
    count(*) FILTER (NOT is_unknown AND NOT is_held_before) AS terms,
    sum(amount) AS amount,
    count(*) FILTER (is_held_before) AS held_before,
    bool_or(amount IS NULL) OR lacks_clients() AS is_lower_bound
FROM ends
GROUP BY ALL
ORDER BY begins
