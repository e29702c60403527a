import fc from 'fast-check';

// Skips the search for the smallest example, for runs that only need to know whether a test fails.
fc.configureGlobal({ endOnFailure: true });
