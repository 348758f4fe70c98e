-- What was promised with an approval, and how it stands.
WITH promised AS (
    SELECT
        *,
        coalesce(promised_finish, approved_finish) AS finish_then,
        coalesce(promised_budget, approved_budget) AS budget_then,
        has_schedule AND tasks = tasks_done AS is_done
    FROM plans
    WHERE approved_on IS NOT NULL
)
SELECT
    client,
    name,
    approved_on,
    finish_then AS promised_finish,
    finish_date,
    date_diff('day', finish_then, finish_date) AS days_late,
    budget_then AS promised_budget,
    introduction_budget AS budget,
    introduction_budget - budget_then AS above,
    is_lower_bound,
    CASE
        WHEN finish_date IS NULL THEN 'unknown'
        WHEN finish_date <= finish_then THEN CASE WHEN is_done THEN 'kept' ELSE 'in_time' END
        ELSE CASE WHEN is_done THEN 'missed' ELSE 'late' END
    END AS standing
FROM promised
ORDER BY days_late DESC NULLS LAST, name, client
