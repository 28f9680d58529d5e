SELECT p.id, p.name, p.price_cents, p.description,
       opinion.reviews, opinion.stars,
       sold.units, sold.revenue_cents,
       beside.bought_with
FROM $schema.product p
CROSS JOIN LATERAL (
  SELECT count(*) AS reviews, round(avg(stars), 2) AS stars
  FROM $schema.review WHERE product_id = p.id
) opinion
CROSS JOIN LATERAL (
  SELECT sum(quantity) AS units, sum(quantity * price_cents) AS revenue_cents
  FROM (SELECT quantity, price_cents FROM $schema.order_line
        WHERE product_id = p.id ORDER BY order_id DESC LIMIT $orders) latest
) sold
CROSS JOIN LATERAL (
  SELECT array_agg(product_id ORDER BY times DESC, product_id) AS bought_with
  FROM (SELECT other.product_id, count(*) AS times
        FROM (SELECT order_id FROM $schema.order_line
              WHERE product_id = p.id ORDER BY order_id DESC LIMIT $orders) latest
        JOIN $schema.order_line other USING (order_id)
        WHERE other.product_id <> p.id
        GROUP BY other.product_id
        ORDER BY times DESC, other.product_id LIMIT 5) often
) beside
WHERE p.id = ?
