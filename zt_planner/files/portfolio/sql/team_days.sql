-- The days of each team in each week, over all clients, and the three that need most of them.
WITH needed AS (
    SELECT monday, team, client, sum(task_days + coordination_days) AS days FROM weeks GROUP BY ALL HAVING days > 0
)
SELECT
    monday,
    team,
    sum(days) AS days,
    count(*) AS clients,
    array_to_string(
        arg_min(name || ' ' || CAST(days AS DECIMAL(18, 1)), {'days': -days, 'client': client}, 3), '; '
    ) AS most,
    lacks_clients() AS is_lower_bound
FROM needed JOIN named() USING (client)
GROUP BY monday, team
ORDER BY monday, team
