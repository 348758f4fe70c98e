-- The days of each team in each week, client by client.
SELECT monday, team, client, name, sum(task_days + coordination_days) AS days
FROM weeks JOIN named() USING (client)
GROUP BY ALL
HAVING days > 0
ORDER BY monday, team, days DESC, client
