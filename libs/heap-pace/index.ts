export { HeapPace, heapPace } from './heap-pace.ts';
