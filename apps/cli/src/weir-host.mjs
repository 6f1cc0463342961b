// Runs the built command many times in one process, for specs: each message is the arguments of one run, each answer what
// it printed and its exit code. The modules of the command stay loaded, which is most of what a start costs.
const MAIN = new URL('../dist/main.js', import.meta.url);

const leave = process.exit.bind(process);
// The pipes to the spec keep this process alive; anything else that does is what a run left open.
const isAlive = () => process.getActiveResourcesInfo().some((kind) => kind !== 'PipeWrap' && kind !== 'CloseReq');

let runs = 0;
process.on('message', async (args) => process.send(await run(args)));
// The specs are over, or their process is gone.
process.on('disconnect', () => leave());

async function run(args) {
  const said = { code: null, out: '', err: '' };
  const write = (stream) => (chunk) => {
    // A process that has left prints nothing more.
    if (said.code === null) said[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  process.stdout.write = write('out');
  process.stderr.write = write('err');
  process.exitCode = undefined;
  process.exit = (code = process.exitCode ?? 0) => {
    said.code ??= code;
    throw new Left();
  };
  process.argv = [process.execPath, MAIN.pathname, ...args];
  runs += 1;
  try {
    // Another query is another module: main.js runs again, and what it imports is there already.
    await import(`${MAIN.href}?run=${runs}`);
  } catch (error) {
    if (!(error instanceof Left)) throw error;
  }
  // A process ends when nothing keeps it alive: a run that leaves something open does not end here either.
  while (said.code === null && isAlive()) await new Promise((resolve) => setTimeout(resolve, 1));
  said.code ??= process.exitCode ?? 0;
  process.stdout.removeAllListeners('error');
  return said;
}

class Left extends Error {}
