import type { FastifyInstance, RouteOptions } from 'fastify';
import { laneOfRoute } from '../../../access/admission/route-lanes.ts';
import { permissionOf } from '../../../access/permission-table.ts';
import { isForPrograms } from '../../../access/request.ts';

export interface RegisteredRoute {
  readonly method: string;
  /** `/api/v1/posts/:id` */
  readonly pattern: string;
}

/** Methods that a browser or Fastify adds by itself: HEAD is GET without a body. */
const SHADOWS: Readonly<Record<string, string>> = { HEAD: 'GET' };

/**
 * Every route of the server with its entry of permissions.ts. A route without an entry stops the start
 * (MissingPermission).
 */
export class RouteTable {
  readonly #routes: RegisteredRoute[] = [];
  readonly #patterns = new Map<string, { readonly form: RegExp; readonly methods: Set<string> }>();

  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => this.#add(route));
  }

  get routes(): readonly RegisteredRoute[] {
    return this.#routes;
  }

  /** The methods of a path; empty for a path without routes. */
  methodsAt(path: string): readonly string[] {
    const methods = new Set<string>();
    for (const { form, methods: found } of this.#patterns.values()) {
      if (form.test(path)) for (const method of found) methods.add(method);
    }
    return [...methods].sort();
  }

  #add(route: RouteOptions & { readonly path: string }): void {
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    for (const method of methods) {
      const name = `${SHADOWS[method] ?? method} ${route.url}`;
      const forPrograms = isForPrograms(route.url);
      const guard = { name, permission: permissionOf(name), forPrograms, lane: laneOfRoute(name, forPrograms) };
      route.config = { ...route.config, guard };
      this.#routes.push({ method, pattern: route.url });
      const known = this.#patterns.get(route.url) ?? { form: formOf(route.url), methods: new Set<string>() };
      known.methods.add(method);
      this.#patterns.set(route.url, known);
    }
  }
}

function formOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
