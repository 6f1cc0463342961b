// Stands for apps/api/dist/main.js: healthy when the database answers; POST /note writes a row, GET /notes counts them.
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
pool.on('error', () => undefined);
const answer = async ({ method, url }) => {
  if (url === '/note' && method === 'POST') await pool.query(`insert into note values ('kept')`);
  const { rows } = await pool.query('select count(*)::int as notes from note');
  return rows[0];
};
const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    () => response.writeHead(503).end(),
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
