// npm run weir -- COMMAND: the command line tool as it was last built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../apps/cli/dist/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) await import(main);
else {
  console.error('weir: not built yet; run npm run build first.');
  process.exitCode = 1;
}
