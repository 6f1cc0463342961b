// node tools/build.mjs [--quiet]: builds everything that changed. Its output goes to stderr.
import { runTarget } from './nx.mjs';

process.exitCode = await runTarget('build', { quiet: process.argv.includes('--quiet') });
