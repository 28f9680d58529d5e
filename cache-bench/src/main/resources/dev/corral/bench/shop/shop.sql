-- A shop. Its data come from arithmetic, not from random(), so that every run has the same rows.
-- Products 1 to 4 are popular: each was in 20,000 orders. Unlogged tables: no run outlives them.
CREATE SCHEMA $schema;

CREATE UNLOGGED TABLE $schema.product AS
SELECT id,
       'Product ' || id AS name,
       (199 + (id * 7919) % 49800)::integer AS price_cents,
       repeat('The description of product ' || id || ', as a shop prints it. ', 5) AS description
FROM generate_series(1::bigint, 100000) id;
-- Counts the changes of a product; no change before the first.
ALTER TABLE $schema.product ADD COLUMN version bigint NOT NULL DEFAULT 0;

CREATE UNLOGGED TABLE $schema.review AS
SELECT n AS id,
       1 + (n * 7907) % 100000 AS product_id,
       (1 + (n * 104729 / 7) % 5)::integer AS stars
FROM generate_series(1::bigint, 200000) n;

-- Three lines an order: a popular product, and two that seem to be any.
CREATE UNLOGGED TABLE $schema.order_line AS
SELECT n AS order_id,
       CASE line WHEN 0 THEN 1 + n % 4 ELSE 1 + (n * 15485863 + line * 32452843) % 100000 END
         AS product_id,
       (1 + (n + line) % 3)::integer AS quantity,
       (199 + (n * 7919) % 49800)::integer AS price_cents
FROM generate_series(1::bigint, 80000) n, generate_series(0, 2) line;

ALTER TABLE $schema.product ADD PRIMARY KEY (id);
CREATE INDEX ON $schema.review (product_id);
CREATE INDEX ON $schema.order_line (product_id, order_id);
CREATE INDEX ON $schema.order_line (order_id);
VACUUM ANALYZE $schema.product;
VACUUM ANALYZE $schema.review;
VACUUM ANALYZE $schema.order_line;
