-- What several questions need. `first_month` is the one in which a fiscal year begins, 1 to 12.

CREATE MACRO shifted(day, first_month) AS
    CAST(day - to_months(CAST(first_month AS INTEGER) - 1) AS DATE);

CREATE MACRO quarter_begins(day, first_month) AS
    CAST(date_trunc('quarter', shifted(day, first_month)) + to_months(CAST(first_month AS INTEGER) - 1) AS DATE);

CREATE MACRO quarter_of(day, first_month) AS quarter(shifted(day, first_month));

-- 2027, or 2027/28 for a year that does not begin in January.
CREATE MACRO fiscal_year(day, first_month) AS
    CASE WHEN first_month = 1 THEN format('{}', year(day))
    ELSE format('{}/{:02d}', year(shifted(day, first_month)), (year(shifted(day, first_month)) + 1) % 100) END;

-- An amount of a line in the month in which it is used up, paid, or worked for: each line once a use.
CREATE MACRO uses() AS TABLE
    SELECT client, month, 'used' AS use, is_recurring, amount FROM lines WHERE is_cash AND NOT is_after_plan
    UNION ALL
    SELECT client, paid_in, 'paid', is_recurring, amount FROM lines WHERE is_cash
    UNION ALL
    SELECT client, month, 'own_work', is_recurring, amount FROM lines WHERE NOT is_cash;

-- Whether a client has no schedule: what it costs is not known in any month.
CREATE MACRO lacks_clients() AS (SELECT coalesce(bool_or(NOT has_schedule), FALSE) FROM plans);

-- Clients by what tells them apart: their name, with the file where several have one name.
CREATE MACRO named() AS TABLE
    SELECT * REPLACE (
        CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN format('{} ({})', name, client) ELSE name END AS name
    )
    FROM plans;
