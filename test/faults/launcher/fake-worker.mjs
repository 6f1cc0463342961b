// Stands for apps/worker/dist/main.js. FAKE_WORKER=dies ends before it is ready; FAKE_WORKER=stubborn ignores SIGTERM.
import { writeFileSync } from 'node:fs';

if (process.env.FAKE_WORKER === 'dies') process.exit(3);
if (process.env.FAKE_WORKER === 'stubborn') process.on('SIGTERM', () => undefined);
writeFileSync(process.env.WEIR_READY_FILE, '');
setInterval(() => undefined, 1000);
