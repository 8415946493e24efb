import 'reflect-metadata';
import { serve } from './composition/serve.ts';

// Whatever the forum or its commands write is for the user alone that runs them.
process.umask(0o077);

process.exitCode = await serve(process.env);
