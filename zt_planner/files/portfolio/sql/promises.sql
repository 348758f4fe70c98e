-- What was promised with an approval, and what is promised now: the plans themselves where those were approved.
WITH promised AS (
    SELECT
        *,
        coalesce(promised_finish, approved_finish) AS finish_then,
        CASE WHEN promised_finish IS NULL THEN finish_date ELSE promised_finish_now END AS finish_now,
        coalesce(promised_budget, approved_budget) AS budget_then,
        CASE WHEN promised_budget IS NULL THEN introduction_budget ELSE promised_budget_now END AS budget_now,
        has_schedule AND tasks = tasks_done AS is_done
    FROM named()
    WHERE approved_on IS NOT NULL
)
SELECT
    client,
    name,
    approved_on,
    finish_then AS promised_finish,
    finish_now AS finish,
    date_diff('day', finish_then, finish_now) AS days_late,
    budget_then AS promised_budget,
    budget_now AS budget,
    budget_now - budget_then AS above,
    is_lower_bound,
    CASE
        WHEN finish_now IS NULL THEN 'unknown'
        WHEN finish_now <= finish_then THEN CASE WHEN is_done THEN 'kept' ELSE 'in_time' END
        ELSE CASE WHEN is_done THEN 'missed' ELSE 'late' END
    END AS standing
FROM promised
ORDER BY days_late DESC NULLS LAST, name, client
