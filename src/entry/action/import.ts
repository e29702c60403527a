import { startAction } from './start.js';

await startAction('import');
