import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useLocation, useRouter } from "wouter";

type SetParams = (
  change: (before: URLSearchParams) => URLSearchParams,
  options?: { readonly replace?: boolean },
) => void;

/**
 * The query of the address, and how it is changed. wouter's own hook decodes the query once before it parses it, so
 * that a comma inside an encoded list becomes one that separates.
 */
export function useSearchParams(): [URLSearchParams, SetParams] {
  const router = useRouter();
  const [location, navigate] = useLocation();
  const search = router.searchHook(router);
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const latest = useRef({ params, location });
  useLayoutEffect(() => {
    latest.current = { params, location };
  });
  const set = useCallback<SetParams>(
    (change, options) => {
      const { params: before, location: path } = latest.current;
      const next = change(new URLSearchParams(before));
      // A second change in the same event begins with this one.
      latest.current = { params: next, location: path };
      const query = next.toString();
      navigate(query === "" ? path : `${path}?${query}`, options);
    },
    [navigate],
  );
  return [params, set];
}
