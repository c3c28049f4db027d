/** Address of a drawing of public/drawings: `drawing("hero-quay")`. */
export const drawing = (name: string): string => `${import.meta.env.BASE_URL}drawings/${name}.svg`;
