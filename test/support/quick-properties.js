import fc from 'fast-check';

// For runs that only need to know whether a test fails, once for each of many changes: limits the time of each property,
// and skips the search for the smallest example.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 500, markInterruptAsFailure: false });
