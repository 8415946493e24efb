import { randomUUID } from 'node:crypto';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { answerWith } from './append-calls.ts';
import type { Faults } from './faults.ts';
import type { NodeAddress, ServerVersion } from './rpc-errors.ts';

/** What each tells of itself. */
const VERSIONS: Readonly<Record<ServerVersion, string>> = { '23.10': '23.10.8', '24.2': '24.2.0' };
const STREAMS = 'event_store.client.streams.streams';
const METHODS = ['append', 'batchappend', 'delete', 'tombstone', 'read'];

/** What a client asks before anything else: which calls the server has. Asked without a name and password, as for the real one. */
export function serverFeatures(faults: Faults, version: ServerVersion) {
  return {
    getSupportedMethods: (
      _call: ServerUnaryCall<shared.Empty, features.SupportedMethods>,
      answer: sendUnaryData<features.SupportedMethods>,
    ): void =>
      answerWith(answer, async () => {
        await faults.mayAnswer();
        const without = faults.settings.noBatchAppend === true ? 'batchappend' : '';
        const offered = METHODS.filter((method) => method !== without).map((method) =>
          new features.SupportedMethod()
            .setServiceName(STREAMS)
            .setMethodName(method)
            .setFeaturesList(featuresOf(method)),
        );
        return new features.SupportedMethods().setEventStoreServerVersion(VERSIONS[version]).setMethodsList(offered);
      }),
  };
}

function featuresOf(method: string): string[] {
  return method === 'read' ? ['position', 'events'] : [];
}

/** What `kurrentdb+discover://` asks: this one node, and the leader that the faults name when it is another. */
export function gossipOf(faults: Faults, own: () => NodeAddress, asked: () => void) {
  const id = randomUUID();
  return {
    read: (_call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>, answer: sendUnaryData<gossip.ClusterInfo>): void =>
      answerWith(answer, async () => {
        await faults.mayAnswer();
        asked();
        const { LEADER, FOLLOWER, READONLYREPLICA } = gossip.MemberInfo.VNodeState;
        const { notLeader, readOnly } = faults.settings;
        const leader = notLeader ?? readOnly;
        const self = readOnly !== undefined ? READONLYREPLICA : leader !== undefined ? FOLLOWER : LEADER;
        const members = [member(id, own(), self)];
        if (leader !== undefined) members.push(member(randomUUID(), leader, LEADER));
        return new gossip.ClusterInfo().setMembersList(members);
      }),
  };
}

function member(id: string, { host, port }: NodeAddress, state: gossip.MemberInfo.VNodeState): gossip.MemberInfo {
  return new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(id))
    .setTimeStamp(String(Date.now()))
    .setState(state)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
}
