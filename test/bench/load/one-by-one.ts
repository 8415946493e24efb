import { Agent, get } from 'node:http';

/** Asks one after another over one connection that is kept; answers the milliseconds of each. Throws for an answer that is not 200. */
export async function oneByOne(address: string, paths: readonly string[]): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (const path of paths) {
    const started = performance.now();
    await answered(`${address}${path}`, agent);
    times.push(performance.now() - started);
  }
  agent.destroy();
  return times;
}

function answered(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      answer.on('error', reject).on('end', () => resolve());
      answer.resume();
      if (answer.statusCode !== 200) reject(new Error(`${url} was answered with ${answer.statusCode}`));
    }).on('error', reject);
  });
}
