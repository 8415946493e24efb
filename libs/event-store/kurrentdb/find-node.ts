import { type ChannelCredentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { pause } from './deadline.ts';
import { NotFound } from './faults.ts';
import type { Endpoint, NodePreference, Settings } from './settings.ts';

/** How long a node may take to say whom it knows, in milliseconds. */
const ASK_MS = 1_000;
/** Between two rounds in which no node fits, in milliseconds. */
const AGAIN_MS = 100;
/** How long the others are waited for once one has answered and no node fits, in milliseconds. */
const OTHERS_MS = 200;

type State = gossip.MemberInfo.VNodeState;
const { LEADER, FOLLOWER, READONLYREPLICA, PREREADONLYREPLICA, READONLYLEADERLESS } = gossip.MemberInfo.VNodeState;
const READ_ONLY = [READONLYREPLICA, PREREADONLYREPLICA, READONLYLEADERLESS];

/** The states in which a node is used, those that are preferred first. */
const USED: Readonly<Record<NodePreference, readonly (readonly State[])[]>> = {
  leader: [[LEADER]],
  follower: [[FOLLOWER], [LEADER]],
  readonlyreplica: [READ_ONLY, [FOLLOWER], [LEADER]],
  random: [[LEADER, FOLLOWER, ...READ_ONLY]],
};

interface Member extends Endpoint {
  readonly state: State;
}

/**
 * The node to use: of the nodes in a preferred state, one that answers itself. All known nodes are asked at once, so a
 * frozen one costs no time. Throws NotFound after so many milliseconds.
 */
export async function findNode(
  { channel, preference }: Pick<Settings, 'channel' | 'preference'>,
  known: ReadonlySet<string>,
  withinMs: number,
): Promise<{ readonly node: Endpoint; readonly known: ReadonlySet<string> }> {
  const until = performance.now() + withinMs;
  let asked = new Set(known);
  for (;;) {
    const answers = new Map<string, readonly Member[]>();
    const found = await firstOf(asked, channel, (address, members) => {
      answers.set(address, members);
      return chosen(answers, preference);
    });
    asked = new Set([...asked, ...[...answers.values()].flat().map(endpointName)]);
    if (found !== undefined) return { node: found, known: asked };
    if (performance.now() >= until) throw new NotFound(preference);
    await pause(AGAIN_MS);
  }
}

/** Asks all at once; gives the result of the first useful answer. A silent node delays nobody. */
function firstOf(
  addresses: ReadonlySet<string>,
  channel: ChannelCredentials,
  heard: (address: string, members: readonly Member[]) => Endpoint | undefined,
): Promise<Endpoint | undefined> {
  return new Promise((resolve) => {
    const asking = [...addresses].map(async (address) => {
      const members = await membersAt(address, channel).catch(() => undefined);
      if (members === undefined) return;
      const found = heard(address, members);
      if (found !== undefined) resolve(found);
      await pause(OTHERS_MS);
      resolve(undefined);
    });
    void Promise.all(asking).then(() => resolve(undefined));
  });
}

function chosen(answers: ReadonlyMap<string, readonly Member[]>, preference: NodePreference): Endpoint | undefined {
  for (const states of USED[preference]) {
    const fitting = [...answers.values()].flat().filter((member) => states.includes(member.state));
    const answering = fitting.filter((member) => answers.has(endpointName(member)));
    const one = answering[Math.floor(Math.random() * answering.length)];
    if (one !== undefined) return one;
  }
  return undefined;
}

function membersAt(address: string, channel: ChannelCredentials): Promise<readonly Member[]> {
  const client = new gossipService.GossipClient(address, channel);
  return new Promise((resolve, reject) => {
    client.read(
      new shared.Empty(),
      new Metadata(),
      { deadline: Date.now() + ASK_MS },
      (error: ServiceError | null, info: gossip.ClusterInfo) => {
        client.close();
        if (error) reject(error);
        else resolve(info.getMembersList().flatMap(memberOf));
      },
    );
  });
}

function memberOf(info: gossip.MemberInfo): Member[] {
  const point = info.getHttpEndPoint();
  if (!info.getIsAlive() || point === undefined) return [];
  return [{ host: point.getAddress(), port: point.getPort(), state: info.getState() }];
}

export function endpointName({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}
