import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ComposeFile, ComposeService } from './compose-file.ts';

/** One rule: what breaks it in a file, each with the service's name in front. */
type Rule = (file: ComposeFile, root: string) => readonly string[];

/** Everything that stands against starting what the file describes, as far as a file alone can tell. */
export function composeFaults(file: ComposeFile, root: string): readonly string[] {
  return RULES.flatMap((rule) => rule(file, root));
}

const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'];
/** Keys of a service that this project uses; a misspelt one would be passed over in silence. */
const KEYS =
  'image build profiles restart stop_grace_period user network_mode entrypoint command environment ports networks volumes depends_on healthcheck';
const OWN_IMAGE = 'colloquy';

const onlyKnownKeys: Rule = ({ services }) =>
  each(services, (service) => {
    const unknown = Object.keys(service).filter((key) => !KEYS.split(' ').includes(key));
    return unknown.map((key) => `has the unknown key ${key}`);
  });

const imagesArePinned: Rule = ({ services }) =>
  each(services, ({ image = '' }) => {
    const pinned = image === OWN_IMAGE || /:\d+\.\d+[\w.-]*$/.test(image);
    return pinned ? [] : [`runs no particular version: ${image}`];
  });

/** What a service waits for must be there whenever the service itself is. */
const dependenciesAreThere: Rule = ({ services }) =>
  each(services, ({ depends_on = {}, profiles = [] }) =>
    Object.keys(depends_on).flatMap((name) => {
      const needed = services[name];
      if (needed === undefined) return [`depends on ${name}, which is no service`];
      const missing = profiles.filter((profile) => !(needed.profiles ?? [profile]).includes(profile));
      const everywhere = profiles.length > 0 || needed.profiles === undefined;
      return missing.length > 0 || !everywhere ? [`depends on ${name}, which is not in its profile`] : [];
    }),
  );

const conditionsCanCome: Rule = ({ services }) =>
  each(services, ({ depends_on = {} }) =>
    Object.entries(depends_on).flatMap(([name, { condition }]) => {
      const needed = services[name] ?? {};
      if (!CONDITIONS.includes(condition)) return [`waits for ${name} by the unknown ${condition}`];
      if (condition === 'service_healthy' && !tellsHealth(needed))
        return [`waits for the health of ${name}, which tells none`];
      const neverEnds = condition === 'service_completed_successfully' && needed.restart !== undefined;
      return neverEnds ? [`waits for the end of ${name}, which is started again`] : [];
    }),
  );

const whatStaysTellsItsHealth: Rule = ({ services }) =>
  each(services, (service) => (service.restart === undefined || tellsHealth(service) ? [] : ['tells no health']));

const volumesAreDeclared: Rule = ({ services, volumes = {} }) => {
  const mounted = Object.values(services).flatMap((service) => mountsOf(service).map(({ source }) => source));
  const unused = Object.keys(volumes).filter((name) => !mounted.includes(name));
  return [
    ...each(services, (service) => {
      const named = mountsOf(service).filter(({ source }) => !source.startsWith('.'));
      return named
        .filter(({ source }) => !(source in volumes))
        .map(({ source }) => `mounts ${source}, which is not declared`);
    }),
    ...unused.map((name) => `volume ${name} is mounted nowhere`),
  ];
};

const filesAreThere: Rule = ({ services }, root) =>
  each(services, (service) => {
    const files = mountsOf(service).filter(({ source }) => source.startsWith('.'));
    return files
      .filter(({ source }) => !existsSync(resolve(root, source)))
      .map(({ source }) => `mounts ${source}, which is not there`);
  });

/** Two programs in one data directory would stand in each other's way. */
const dataIsOnesOwn: Rule = ({ services }) => {
  const owners = new Map<string, string>();
  return each(services, (service, name) =>
    mountsOf(service).flatMap(({ source, target }) => {
      if (!/^(\/data|\/var\/lib\/kurrentdb)$/.test(target)) return [];
      const other = owners.get(source);
      owners.set(source, name);
      return other === undefined ? [] : [`keeps its data in ${source}, as ${other} does`];
    }),
  );
};

/** The balancer alone is for the public, on the ports of the web. */
const portsAreOnesOwn: Rule = ({ services }) => {
  const takers = new Map<string, string>();
  return each(services, ({ ports = [] }, name) =>
    ports.flatMap((port) => {
      const [, address, host = ''] = /^(?:(.+):)?(\d+):\d+$/.exec(port) ?? [];
      const other = takers.get(host);
      takers.set(host, name);
      const open = address !== '127.0.0.1' && !['80', '443'].includes(host);
      return [
        ...(other === undefined ? [] : [`takes port ${host}, as ${other} does`]),
        ...(open ? [`opens ${port} to all`] : []),
      ];
    }),
  );
};

const networksAreDeclared: Rule = ({ services, networks = {} }) =>
  each(services, (service) => {
    const unknown = (service.networks ?? []).filter((name) => !(name in networks));
    return unknown.map((name) => `joins ${name}, which is not declared`);
  });

const RULES: readonly Rule[] = [
  onlyKnownKeys,
  imagesArePinned,
  dependenciesAreThere,
  conditionsCanCome,
  whatStaysTellsItsHealth,
  volumesAreDeclared,
  filesAreThere,
  dataIsOnesOwn,
  portsAreOnesOwn,
  networksAreDeclared,
];

/** The forum's own image tells its health by its Dockerfile. */
function tellsHealth({ image, healthcheck }: ComposeService): boolean {
  return image === OWN_IMAGE || healthcheck !== undefined;
}

function mountsOf({ volumes = [] }: ComposeService): readonly { readonly source: string; readonly target: string }[] {
  return volumes.map((volume) => {
    const [source = '', target = ''] = volume.split(':');
    return { source, target };
  });
}

function each(
  services: ComposeFile['services'],
  faultsOf: (service: ComposeService, name: string) => readonly string[],
): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) =>
    faultsOf(service, name).map((fault) => `${name} ${fault}`),
  );
}
