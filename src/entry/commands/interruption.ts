import { setMaxListeners } from 'node:events';

/** Listens for interruptions. The first one ends the run in order, the second one ends it immediately. */
export function listenForInterruption(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  // Each download adds a listener, and Node.js warns about more than ten.
  setMaxListeners(0, controller.signal);
  const abort = () => {
    controller.abort();
    stop();
  };
  const stop = () => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
    process.off('SIGHUP', abort);
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  // The terminal was closed.
  process.on('SIGHUP', abort);
  return { signal: controller.signal, stop };
}
