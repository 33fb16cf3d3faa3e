export { Badge, Card, Hidden, Progress, Skeleton, SkeletonLines } from './parts';
export { Button, IconButton, LinkButton } from './Button';
export { classes } from './classes';
export { Dialog } from './Dialog';
export { Checkbox, Field, Select, TextArea } from './Field';
export { Icon, type IconName } from './Icon';
export { Notice } from './Notice';
export { Spinner } from './Spinner';
export { toast } from './toast';
