SELECT page.*
FROM (SELECT p.version, p.id, p.name, p.price_cents, p.description,
             (SELECT count(*) FROM $schema.review WHERE product_id = p.id) AS reviews
      FROM $schema.product p WHERE p.id = ?) page
-- The snapshot is taken by now: the row can change while the query is still under way, as it can
-- while a longer one works, or its answer crosses a network.
CROSS JOIN (SELECT pg_sleep($seconds)) answering
