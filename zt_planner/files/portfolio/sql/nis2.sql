-- Points of NIS2 that tasks support: now, by what is recorded as done, and once the plan is done.
SELECT client, name, nis2, register_by, points_supported_now, points_supported, points_partly, points, finish_date
FROM named()
ORDER BY name, client
