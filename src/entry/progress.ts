import type { Progress } from '../app/ports/log.js';
import { describeBytes } from '../model/humanize.js';

const BAR_WIDTH = 24;
/** A bar is drawn this often at most, and a line is written into a log this often at most, in milliseconds. */
const BAR_INTERVAL_MS = 80;
const LINE_INTERVAL_MS = 5000;

/** A bar that is drawn over itself, and is gone when the work is done. */
export function createTerminalProgress(stream: NodeJS.WriteStream): Progress {
  return {
    start(label, total) {
      let done = 0;
      let drawnAt = Date.now();
      const clear = () => stream.write('\r\u001b[K');
      return {
        advance(amount) {
          done += amount;
          if (Date.now() - drawnAt < BAR_INTERVAL_MS) return;
          drawnAt = Date.now();
          const filled = Math.round((Math.min(done, total) / Math.max(total, 1)) * BAR_WIDTH);
          const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '░');
          stream.write(`\r\u001b[K${label} ${bar} ${describeBytes(done)} of ${describeBytes(total)}`);
        },
        done() {
          clear();
        },
      };
    },
  };
}

/** A line now and then, for logs. */
export function createLogProgress(write: (line: string) => void): Progress {
  return {
    start(label, total) {
      let done = 0;
      let writtenAt = Date.now();
      return {
        advance(amount) {
          done += amount;
          if (Date.now() - writtenAt < LINE_INTERVAL_MS) return;
          writtenAt = Date.now();
          write(
            `${label}: ${describeBytes(done)} of ${describeBytes(total)} (${Math.round((100 * done) / Math.max(total, 1))} %)`,
          );
        },
        done: () => undefined,
      };
    },
  };
}
