"""The views of the database: the questions that readers ask first, each a query with a comment."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """One view; `query` reads the tables of the package, or a view before it."""

    name: str
    comment: str
    query: str


CHANGES_SINCE = """
CREATE MACRO changes_since(since) AS TABLE
SELECT * FROM changes
WHERE string_split(version, '.')::INTEGER[] > string_split(since, '.')::INTEGER[]
ORDER BY string_split(version, '.')::INTEGER[], resource, key, field
"""
"""The rows of `changes` that came after a version: ``FROM changes_since('1.2.0')``."""

VIEWS = (
    View(
        "metrics_read",
        "Every metric with the title of its document, the name of its speaker and the labels of its indicator, "
        "industry and place beside the ids; in reading order.",
        """
        SELECT m.*, d.title AS document_title, coalesce(d.published_on, d.event_on) AS document_on,
               s.name AS speaker_name, i.label AS indicator_label, n.label AS industry_label, p.label AS place_label
        FROM metrics AS m
        JOIN documents AS d USING (document_id)
        LEFT JOIN speakers AS s USING (speaker_id)
        LEFT JOIN indicators AS i USING (indicator_id)
        LEFT JOIN entities AS n ON n.entity_id = m.industry_id
        LEFT JOIN entities AS p ON p.entity_id = m.place_id
        ORDER BY m.document_id, m.char_start
        """,
    ),
    View(
        "tasks_read",
        "Every task with the title of its document, the name of its speaker, the label of its theme and the statement "
        "of its parent beside the ids; in reading order.",
        """
        SELECT t.*, d.title AS document_title, coalesce(d.published_on, d.event_on) AS document_on,
               s.name AS speaker_name, e.label AS theme_label, o.statement AS parent_statement
        FROM tasks AS t
        JOIN documents AS d USING (document_id)
        LEFT JOIN speakers AS s USING (speaker_id)
        LEFT JOIN entities AS e ON e.entity_id = t.theme_id
        LEFT JOIN tasks AS o ON o.task_id = t.parent_task_id
        ORDER BY t.document_id, t.char_start
        """,
    ),
    View(
        "growth",
        "Growth rates that have happened: metrics whose measure is change in percent and whose status is actual, "
        "by indicator and period.",
        """
        SELECT coalesce(indicator_label, indicator) AS measured, industry_label, place_label, value, value_upper, bound,
               comparison, period_start, period_end, document_id, document_title, speaker_name, quote, metric_id
        FROM metrics_read
        WHERE measure = 'change' AND unit = 'percent' AND status = 'actual'
        ORDER BY measured, period_end, period_start, metric_id
        """,
    ),
    View(
        "latest",
        "Of each canonical indicator, with its measure, unit, comparison, industry and place, the value that speaks "
        "of the latest period; of the latest document where two speak of the same.",
        """
        SELECT * FROM metrics_read
        WHERE indicator_id IS NOT NULL AND period_end IS NOT NULL AND status = 'actual'
        QUALIFY row_number() OVER (
            PARTITION BY indicator_id, measure, unit, comparison, industry_id, place_id
            ORDER BY period_end DESC, period_start, document_on DESC NULLS LAST, metric_id) = 1
        ORDER BY indicator_id, metric_id
        """,
    ),
    View(
        "conflicts",
        "Figures that contradict one another: one row for each metric of each finding conflicting-values.",
        """
        SELECT f.finding_id, f.message, r.metric_id, r.value, r.unit, r.document_id, r.document_title, r.speaker_name,
               r.quote
        FROM (SELECT finding_id, message, unnest(metric_ids) AS metric_id FROM findings
              WHERE code = 'conflicting-values') AS f
        JOIN metrics_read AS r USING (metric_id)
        ORDER BY f.finding_id, r.metric_id
        """,
    ),
    View(
        "commitments_by_theme",
        "How many commitments and obligations serve each theme, in how many documents; the theme is null where none "
        "fits.",
        """
        SELECT theme_id, theme_label, count(*) FILTER (WHERE modality = 'commitment') AS commitments,
               count(*) FILTER (WHERE modality = 'obligation') AS obligations,
               count(DISTINCT document_id) AS documents
        FROM tasks_read
        GROUP BY theme_id, theme_label
        ORDER BY commitments + obligations DESC, theme_id
        """,
    ),
)
