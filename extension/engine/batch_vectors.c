/*
 * batch_vectors.c
 *		The loops of batches, compiled for each vector set, and the choice of one.
 *
 * No flag of the compiler is needed: each set has its functions' target here.  A sum and a
 * product are never fused, so that all sets compute the same bits.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch.h"
#include "batch_vectors.h"
#include "kernel_number.h"
#include "numeric_parts.h"

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("O3", "no-trapping-math", "fp-contract=off")
#endif

/* ---------------- plain C ---------------- */

/*
 * Packs 64 bytes, each 0 or 1, into 64 bits: byte j times 2^(56 - 7 j), or 2^(9 j), is bit 56 + j, and no two of the
 * other products are equal.
 */
static inline uint64
bits_of_bytes(const uint8 *bytes)
{
#ifndef WORDS_BIGENDIAN
	const uint64 places = UINT64CONST(0x0102040810204080);
#else
	const uint64 places = UINT64CONST(0x8040201008040201);
#endif
	uint64		bits = 0;
	int			i;

	for (i = 0; i < GROUP_ROWS; i += 8)
	{
		uint64		eight;

		memcpy(&eight, bytes + i, sizeof(eight));
		bits |= ((eight * places) >> 56) << i;
	}
	return bits;
}

static uint64
extract(uint64 bits, uint64 mask)
{
	uint64		out = 0;
	int			i = 0;

	if ((bits & mask) == 0)
		return 0;
	for (; mask != 0; mask &= mask - 1)
		out |= ((bits >> pg_rightmost_one_pos64(mask)) & 1) << i++;
	return out;
}

/* The compiler may find vectors for loops that write a byte for each row. */
#define NAME(name) c_##name
#define SET_NAME "c"
#define LOOPS c_loops
#define WIDTH 1
#define VD double
#define VM uint64
#define v_load(p) (*(p))
#define v_store(p, x) (*(p) = (x))
#define v_set(x) ((double) (x))
#define v_add(a, b) ((a) + (b))
#define v_sub(a, b) ((a) - (b))
#define v_mul(a, b) ((a) * (b))
#define v_div(a, b) ((a) / (b))
#define v_abs(x) fabs(x)
#define v_above(a, b) ((uint64) ((a) > (b)))
#define v_at_least(a, b) ((uint64) ((a) >= (b)))
#define v_equal(a, b) ((uint64) ((a) == (b)))
#define v_none() UINT64CONST(0)
#define v_and(a, b) ((a) & (b))
#define v_or(a, b) ((a) | (b))
#define v_neither(a, b) (((a) | (b)) ^ 1)
#define v_blend(m, a, b) ((m) ? (b) : (a))
#define v_mask(bits) ((bits) & 1)
#define v_bits(m) (m)
#define DAYS 1
#define VI int32
#define VM_DAYS bool
#define i_load(p) (*(p))
#define i_store(p, x) (*(p) = (x))
#define i_blend(m, a, b) ((m) ? (b) : (a))
#define i_mask(bits) (((bits) & 1) != 0)
#define i_set(x) ((int32) (x))
#define i_above(a, b) ((a) > (b))
#define i_equal(a, b) ((a) == (b))
#define i_bits(m) ((uint64) (m))
#define CODES 1
#define VB uint8
#define b_load(p) (*(p))
#define b_set(x) ((uint8) (x))
#define b_none() ((uint8) 0)
#define b_or(a, b) ((uint8) ((a) | (b)))
#define b_equal(a, b) ((uint8) ((a) == (b)))
#define b_bits(m) ((uint64) (m))
#define BITS(name) uint8 name[GROUP_ROWS]
#define put_bits(name, i, bits) ((name)[i] = (uint8) (bits))
#define take_bits(name) bits_of_bytes(name)
#define EXTRACT(bits, mask) extract(bits, mask)
#include "batch_loops.h"

/* ---------------- x86 ---------------- */

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_X86_SETS

#include <immintrin.h>

#define NAME(name) sse2_##name
#define SET_NAME "sse2"
#define LOOPS sse2_loops
#define WIDTH 2
#define VD __m128d
#define VM __m128d
#define v_load(p) _mm_loadu_pd(p)
#define v_store(p, x) _mm_storeu_pd(p, x)
#define v_set(x) _mm_set1_pd(x)
#define v_add(a, b) _mm_add_pd(a, b)
#define v_sub(a, b) _mm_sub_pd(a, b)
#define v_mul(a, b) _mm_mul_pd(a, b)
#define v_div(a, b) _mm_div_pd(a, b)
#define v_abs(x) _mm_andnot_pd(_mm_set1_pd(-0.0), x)
#define v_above(a, b) _mm_cmpgt_pd(a, b)
#define v_at_least(a, b) _mm_cmpge_pd(a, b)
#define v_equal(a, b) _mm_cmpeq_pd(a, b)
#define v_none() _mm_setzero_pd()
#define v_and(a, b) _mm_and_pd(a, b)
#define v_or(a, b) _mm_or_pd(a, b)
#define v_neither(a, b) _mm_andnot_pd(_mm_or_pd(a, b), _mm_castsi128_pd(_mm_set1_epi32(-1)))
#define v_blend(m, a, b) _mm_or_pd(_mm_and_pd(m, b), _mm_andnot_pd(m, a))
#define v_mask(bits) _mm_castsi128_pd(_mm_set_epi64x(-(int64) (((bits) >> 1) & 1), -(int64) ((bits) & 1)))
#define v_bits(m) ((uint64) (unsigned) _mm_movemask_pd(m))
#define DAYS 4
#define VI __m128i
#define VM_DAYS __m128i
#define i_load(p) _mm_loadu_si128((const __m128i *) (p))
#define i_store(p, x) _mm_storeu_si128((__m128i *) (p), x)
#define i_blend(m, a, b) _mm_or_si128(_mm_and_si128(m, b), _mm_andnot_si128(m, a))
#define i_mask(bits) sse2_day_mask(bits)
#define i_set(x) _mm_set1_epi32(x)
#define i_above(a, b) _mm_cmpgt_epi32(a, b)
#define i_equal(a, b) _mm_cmpeq_epi32(a, b)
#define i_bits(m) ((uint64) (unsigned) _mm_movemask_ps(_mm_castsi128_ps(m)))
#define CODES 16
#define VB __m128i
#define b_load(p) _mm_loadu_si128((const __m128i *) (p))
#define b_set(x) _mm_set1_epi8((char) (x))
#define b_none() _mm_setzero_si128()
#define b_or(a, b) _mm_or_si128(a, b)
#define b_equal(a, b) _mm_cmpeq_epi8(a, b)
#define b_bits(m) ((uint64) (unsigned) _mm_movemask_epi8(m))

static inline __m128i
sse2_day_mask(uint64 bits)
{
	__m128i		places = _mm_set_epi32(8, 4, 2, 1);

	return _mm_cmpeq_epi32(_mm_and_si128(_mm_set1_epi32((int) bits), places), places);
}
#define BITS(name) uint64 name = 0
#define put_bits(name, i, bits) ((name) |= (bits) << (i))
#define take_bits(name) (name)
#define EXTRACT(bits, mask) extract(bits, mask)
#include "batch_loops.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi2")
#endif

#define NAME(name) avx2_##name
#define SET_NAME "avx2"
#define LOOPS avx2_loops
#define WIDTH 4
#define VD __m256d
#define VM __m256d
#define v_load(p) _mm256_loadu_pd(p)
#define v_store(p, x) _mm256_storeu_pd(p, x)
#define v_set(x) _mm256_set1_pd(x)
#define v_add(a, b) _mm256_add_pd(a, b)
#define v_sub(a, b) _mm256_sub_pd(a, b)
#define v_mul(a, b) _mm256_mul_pd(a, b)
#define v_div(a, b) _mm256_div_pd(a, b)
#define v_abs(x) _mm256_andnot_pd(_mm256_set1_pd(-0.0), x)
#define v_above(a, b) _mm256_cmp_pd(a, b, _CMP_GT_OQ)
#define v_at_least(a, b) _mm256_cmp_pd(a, b, _CMP_GE_OQ)
#define v_equal(a, b) _mm256_cmp_pd(a, b, _CMP_EQ_OQ)
#define v_none() _mm256_setzero_pd()
#define v_and(a, b) _mm256_and_pd(a, b)
#define v_or(a, b) _mm256_or_pd(a, b)
#define v_neither(a, b) _mm256_andnot_pd(_mm256_or_pd(a, b), _mm256_castsi256_pd(_mm256_set1_epi32(-1)))
#define v_blend(m, a, b) _mm256_blendv_pd(a, b, m)
#define v_mask(bits) avx2_mask(bits)
#define v_bits(m) ((uint64) (unsigned) _mm256_movemask_pd(m))
#define DAYS 8
#define VI __m256i
#define VM_DAYS __m256i
#define i_load(p) _mm256_loadu_si256((const __m256i *) (p))
#define i_store(p, x) _mm256_storeu_si256((__m256i *) (p), x)
#define i_blend(m, a, b) _mm256_blendv_epi8(a, b, m)
#define i_mask(bits) avx2_day_mask(bits)
#define i_set(x) _mm256_set1_epi32(x)
#define i_above(a, b) _mm256_cmpgt_epi32(a, b)
#define i_equal(a, b) _mm256_cmpeq_epi32(a, b)
#define i_bits(m) ((uint64) (unsigned) _mm256_movemask_ps(_mm256_castsi256_ps(m)))
#define CODES 32
#define VB __m256i
#define b_load(p) _mm256_loadu_si256((const __m256i *) (p))
#define b_set(x) _mm256_set1_epi8((char) (x))
#define b_none() _mm256_setzero_si256()
#define b_or(a, b) _mm256_or_si256(a, b)
#define b_equal(a, b) _mm256_cmpeq_epi8(a, b)
#define b_bits(m) ((uint64) (unsigned) _mm256_movemask_epi8(m))

static inline __m256i
avx2_day_mask(uint64 bits)
{
	__m256i		places = _mm256_set_epi32(128, 64, 32, 16, 8, 4, 2, 1);

	return _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int) bits), places), places);
}

static inline __m256d
avx2_mask(uint64 bits)
{
	__m256i		places = _mm256_set_epi64x(8, 4, 2, 1);

	return _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_and_si256(_mm256_set1_epi64x((int64) bits), places), places));
}
#define BITS(name) uint64 name = 0
#define put_bits(name, i, bits) ((name) |= (bits) << (i))
#define take_bits(name) (name)
#define EXTRACT(bits, mask) _pext_u64(bits, mask)
#include "batch_loops.h"

#if defined(__clang__)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,bmi2"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,bmi2")
#endif

#define NAME(name) avx512_##name
#define SET_NAME "avx512"
#define LOOPS avx512_loops
#define WIDTH 8
#define VD __m512d
#define VM __mmask8
#define v_load(p) _mm512_loadu_pd(p)
#define v_store(p, x) _mm512_storeu_pd(p, x)
#define v_set(x) _mm512_set1_pd(x)
#define v_add(a, b) _mm512_add_pd(a, b)
#define v_sub(a, b) _mm512_sub_pd(a, b)
#define v_mul(a, b) _mm512_mul_pd(a, b)
#define v_div(a, b) _mm512_div_pd(a, b)
#define v_abs(x) _mm512_abs_pd(x)
#define v_above(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define v_at_least(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GE_OQ)
#define v_equal(a, b) _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ)
#define v_none() ((__mmask8) 0)
#define v_and(a, b) ((__mmask8) ((a) & (b)))
#define v_or(a, b) ((__mmask8) ((a) | (b)))
#define v_neither(a, b) ((__mmask8) ~((a) | (b)))
#define v_blend(m, a, b) _mm512_mask_blend_pd(m, a, b)
#define v_mask(bits) ((__mmask8) (bits))
#define v_bits(m) ((uint64) (m))
#define DAYS 16
#define VI __m512i
#define VM_DAYS __mmask16
#define i_load(p) _mm512_loadu_si512(p)
#define i_store(p, x) _mm512_storeu_si512(p, x)
#define i_blend(m, a, b) _mm512_mask_blend_epi32(m, a, b)
#define i_mask(bits) ((__mmask16) (bits))
#define i_set(x) _mm512_set1_epi32(x)
#define i_above(a, b) _mm512_cmpgt_epi32_mask(a, b)
#define i_equal(a, b) _mm512_cmpeq_epi32_mask(a, b)
#define i_bits(m) ((uint64) (m))
#define CODES 32
#define VB __m256i
#define b_load(p) _mm256_loadu_si256((const __m256i *) (p))
#define b_set(x) _mm256_set1_epi8((char) (x))
#define b_none() _mm256_setzero_si256()
#define b_or(a, b) _mm256_or_si256(a, b)
#define b_equal(a, b) _mm256_cmpeq_epi8(a, b)
#define b_bits(m) ((uint64) (unsigned) _mm256_movemask_epi8(m))
#define BITS(name) uint64 name = 0
#define put_bits(name, i, bits) ((name) |= (bits) << (i))
#define take_bits(name) (name)
#define EXTRACT(bits, mask) _pext_u64(bits, mask)
#include "batch_loops.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif							/* x86 */

/* ---------------- which of them ---------------- */

/* The best first. */
static const BatchLoops *const sets[] = {
#ifdef HAVE_X86_SETS
	&avx512_loops, &avx2_loops, &sse2_loops,
#endif
	&c_loops
};

static const BatchLoops *chosen;

static bool
is_usable(const BatchLoops *set pg_attribute_unused())
{
#ifdef HAVE_X86_SETS
	if (set == &avx512_loops)
		return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("bmi2");
	if (set == &avx2_loops)
		return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#endif
	return true;
}

/* Returns the usable set with a name, the best one for "", or NULL. */
static const BatchLoops *
find_set(const char *name)
{
	int			i;

	for (i = 0; i < (int) lengthof(sets); i++)
	{
		if ((*name == '\0' || strcmp(sets[i]->name, name) == 0) && is_usable(sets[i]))
			return sets[i];
	}
	return NULL;
}

const BatchLoops *
batch_loops(void)
{
	if (chosen == NULL)
		chosen = find_set("");
	return chosen;
}

const char *
batch_vectors(void)
{
	return batch_loops()->name;
}

bool
batch_has_vectors(const char *name)
{
	return find_set(name) != NULL;
}

bool
batch_use_vectors(const char *name)
{
	const BatchLoops *set = find_set(name);

	if (set)
		chosen = set;
	return set != NULL;
}
