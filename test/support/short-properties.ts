import fc from 'fast-check';

// Limits the time of each property. `npm test` runs the full number of tries.
/* eslint-disable-next-line @typescript-eslint/no-deprecated -- the plugin that replaces both cannot be set for all
   properties at once (fast-check 4.10) */
fc.configureGlobal({ interruptAfterTimeLimit: 300, markInterruptAsFailure: false });
