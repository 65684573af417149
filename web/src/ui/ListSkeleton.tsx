// The shape of a list that is still to come.

export function ListSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, i) => (
        <div class="item" key={i}>
          <span class="skeleton round" />
          <span class="item-text">
            <span class="skeleton line" />
            <span class="skeleton line short" />
          </span>
        </div>
      ))}
    </div>
  );
}
