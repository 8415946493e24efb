import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { JoinDeadline } from './join-deadline.ts';

const WITHIN = 20_000;
let ended: EventEmitter[] = [];
let deadline: JoinDeadline<EventEmitter>;

beforeEach(() => {
  jest.useFakeTimers();
  ended = [];
  deadline = new JoinDeadline(WITHIN, (connection) => void ended.push(connection));
});
afterEach(() => {
  jest.useRealTimers();
});

it('ends a connection that has joined nothing in time, and no other', () => {
  const [idle, joining, gone] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  for (const connection of [idle, joining, gone]) deadline.arrived(connection);
  deadline.joined(joining);
  gone.emit('close');

  jest.advanceTimersByTime(WITHIN - 1);
  expect(ended).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(ended).toEqual([idle]);
  expect(deadline.waiting).toBe(0);
});
