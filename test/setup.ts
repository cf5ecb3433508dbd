/** Property tests draw from one seed, so that every run tries the same cases; a found case becomes a test of its own. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: 20_260_101, numRuns: 200 });
