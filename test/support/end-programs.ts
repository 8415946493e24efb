import { afterAll } from '@jest/globals';
import { killPrograms } from './child-program.ts';

afterAll(killPrograms);
