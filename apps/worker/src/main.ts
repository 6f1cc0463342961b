import { openServices, runWorker, settingsFromEnvironment } from '@weir/services';
import { openLog, stopAsked, tellReady } from './process.js';

/**
 * The worker: job handlers, outbox, indexer and audit sealer. Run as many as you like; each keeps to itself what must
 * be done once by leases in the database.
 */
const log = openLog(process.env);
const stop = stopAsked();

try {
  const services = await openServices(settingsFromEnvironment(process.env));
  try {
    const worker = await runWorker(services, {
      onError: (error: unknown) => log.error({ err: error }, 'a job or loop failed and will be tried again'),
    });
    log.info('working');
    tellReady(process.env);
    log.info({ signal: await stop }, 'stopping after the running jobs');
    await worker.stop();
  } finally {
    await services.close();
  }
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
