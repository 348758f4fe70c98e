-- What all clients use up, pay and work for in each quarter of the fiscal year.
SELECT
    fiscal_year(month, $first_month) AS fiscal_year,
    quarter_of(month, $first_month) AS quarter,
    quarter_begins(month, $first_month) AS begins,
    count(DISTINCT client) AS clients,
    coalesce(sum(amount) FILTER (use = 'used'), 0) AS used,
    coalesce(sum(amount) FILTER (use = 'used' AND is_recurring), 0) AS recurring,
    coalesce(sum(amount) FILTER (use = 'paid'), 0) AS paid,
    coalesce(sum(amount) FILTER (use = 'own_work'), 0) AS own_work,
    bool_or(amount IS NULL) OR lacks_clients() AS is_lower_bound
FROM uses()
GROUP BY ALL
ORDER BY begins
