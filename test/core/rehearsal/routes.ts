import type { Route } from "../../../core/migrate/plan/plan";
import { planOf, publishedTarget } from "../migrate/plan/plans";

/** The route of the published layout from one of its slots. */
export function routeOf(start: string): Route {
  const { routes, problems } = planOf({ target: publishedTarget });
  const route = routes.find((one) => one.start === start);
  if (!route) throw new Error(`no route from ${start}: ${problems.map(({ message }) => message).join(" ")}`);
  return route;
}
