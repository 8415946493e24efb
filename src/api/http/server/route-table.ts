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
  readonly #methods = new Map<string, Set<string>>();
  /** Made when somebody asks for a path that has no such method. */
  readonly #forms = new Map<string, RegExp>();

  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => this.#add(route));
  }

  get routes(): readonly RegisteredRoute[] {
    return this.#routes;
  }

  /** The methods of a path; empty for a path without routes. */
  methodsAt(path: string): readonly string[] {
    const methods = new Set<string>();
    for (const [pattern, found] of this.#methods) {
      if (this.#formOf(pattern).test(path)) for (const method of found) methods.add(method);
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
      const known = this.#methods.get(route.url) ?? new Set<string>();
      this.#methods.set(route.url, known.add(method));
    }
  }

  #formOf(pattern: string): RegExp {
    const form = this.#forms.get(pattern) ?? formOf(pattern);
    this.#forms.set(pattern, form);
    return form;
  }
}

function formOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
