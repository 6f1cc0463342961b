// npm start: builds what changed, then becomes the launcher, so that there is one process to stop.
import { runTarget } from './nx.mjs';

console.error('• Building');
const code = await runTarget('build', { quiet: true });
if (code !== 0) {
  console.error('weir: the build failed; the reason stands above.');
  process.exit(code);
}
await import('../apps/stack/dist/main.js');
