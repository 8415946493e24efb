/** A person at the forum's HTTP interface, as far as tests and benchmarks need one. */
export interface Account {
  readonly token: string;
  readonly memberId: string;
}

export const PASSWORD = 'correct horse battery';

/** Sends JSON and gives the answer's JSON. Throws with status and text on anything but 2xx. */
export async function sendJson<Answer>(url: string, method: string, body: object, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** Registers a member and signs in; the first one of a forum is its admin. */
export async function newAccount(address: string, handle: string): Promise<Account> {
  await sendJson(`${address}/api/v1/members`, 'POST', {
    handle,
    displayName: handle,
    email: `${handle}@example.org`,
    password: PASSWORD,
  });
  return signIn(address, handle);
}

export async function signIn(address: string, handle: string): Promise<Account> {
  const session = await sendJson<{ token: string; member: { id: string } }>(`${address}/api/v1/sessions`, 'POST', {
    login: handle,
    password: PASSWORD,
  });
  return { token: session.token, memberId: session.member.id };
}

/** Publishes a post and gives its id; the account must be an editor or admin. */
export async function newPost(address: string, account: Account, title: string): Promise<string> {
  const body = { title, body: 'What do you think?' };
  const post = await sendJson<{ id: string }>(`${address}/api/v1/posts`, 'POST', body, account.token);
  return post.id;
}
