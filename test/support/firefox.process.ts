#!/usr/bin/env node
/**
 * Starts the Firefox that REAL_FIREFOX names, and stands between it and Playwright on the way of WebDriver BiDi: Playwright gives up
 * every browser that does not know how media features are overridden, which no test asks for. That one command is answered here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type RawData, WebSocket, WebSocketServer } from 'ws';

const UNKNOWN = 'emulation.setMediaFeaturesOverride';
const LISTENING = /WebDriver BiDi listening on (ws:\/\/\S+)/u;

const firefox = spawn(process.env['REAL_FIREFOX'] ?? '', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.once('exit', (code) => process.exit(code ?? 1));
for await (const line of createInterface(firefox.stderr)) {
  const address = LISTENING.exec(line)?.[1];
  process.stderr.write(
    `${address === undefined ? line : `WebDriver BiDi listening on ${await standBefore(address)}`}\n`,
  );
}

/** The address at which Playwright is answered. */
async function standBefore(address: string): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (playwright, { url }) => void join(playwright, new WebSocket(`${address}${url}`)));
  await once(server, 'listening');
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('the relay does not listen');
  return `ws://127.0.0.1:${listening.port}`;
}

async function join(playwright: WebSocket, browser: WebSocket): Promise<void> {
  const opened = once(browser, 'open');
  browser.on('message', (data) => playwright.send(String(data)));
  browser.on('close', () => playwright.close());
  playwright.on('close', () => browser.close());
  playwright.on('message', (data) => void opened.then(() => tell(data, { playwright, browser })));
}

function tell(
  data: RawData,
  { playwright, browser }: { readonly playwright: WebSocket; readonly browser: WebSocket },
): void {
  const { id, method }: { id: number; method: string } = JSON.parse(String(data));
  if (method === UNKNOWN) playwright.send(JSON.stringify({ type: 'success', id, result: {} }));
  else browser.send(String(data));
}
