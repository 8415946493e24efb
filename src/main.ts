import 'reflect-metadata';
import { serve } from './composition/serve.ts';

process.exitCode = await serve(process.env);
