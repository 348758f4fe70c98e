-- The decisions of the next ninety days, and those that are overdue.
SELECT decisions.day, client, name, decision, title, who, is_overdue
FROM decisions JOIN named() USING (client)
WHERE is_overdue OR (NOT is_over AND day BETWEEN CAST($today AS DATE) AND CAST($today AS DATE) + 90)
ORDER BY day, name, client, decision
