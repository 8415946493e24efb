import { afterEach, beforeEach } from '@jest/globals';
import { closeReaders, keepReaders } from './opened-readers.ts';

beforeEach(keepReaders);
afterEach(closeReaders);
