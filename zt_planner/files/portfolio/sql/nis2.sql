-- Points of NIS2 that finished tasks support: now, and once the plan is done.
SELECT client, name, nis2, register_by, points_supported_now, points_supported, points_partly, points, finish_date
FROM plans
ORDER BY name, client
