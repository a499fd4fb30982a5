#pragma once

// Whether this C library lets its allocator be watched. Without it, all counts are zero.
int allocations_are_counted(void);
// The allocations since the program began.
unsigned long allocations_count(void);
// The octets that are allocated now, as the allocator rounds them.
long allocations_live_octets(void);
