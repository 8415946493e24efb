/** Turns of the event loop until it is done: hundreds while another thread works, and few where this one does. */
export async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await done;
  isDone = true;
  return turns;
}
