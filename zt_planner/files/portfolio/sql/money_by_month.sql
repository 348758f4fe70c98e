-- What all clients use up, pay and work for in each month.
SELECT
    month,
    count(DISTINCT client) AS clients,
    coalesce(sum(amount) FILTER (use = 'used'), 0) AS used,
    coalesce(sum(amount) FILTER (use = 'used' AND is_recurring), 0) AS recurring,
    coalesce(sum(amount) FILTER (use = 'paid'), 0) AS paid,
    coalesce(sum(amount) FILTER (use = 'own_work'), 0) AS own_work,
    bool_or(amount IS NULL) OR lacks_clients() AS is_lower_bound
FROM uses()
GROUP BY month
ORDER BY month
