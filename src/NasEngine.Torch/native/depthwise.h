// Depthwise convolution of images stored channels-last, on the processor; see shim_depthwise.cpp.
#pragma once

#include <ATen/ATen.h>

// Whether DepthwiseConv2d stands in for conv2d without bias and without dilation, and is faster.
bool DepthwiseApplies(const at::Tensor& x, const at::Tensor& w, at::IntArrayRef stride, at::IntArrayRef padding, int64_t groups);

// conv2d(x, w) with one group a channel; differentiable any number of times.
at::Tensor DepthwiseConv2d(const at::Tensor& x, const at::Tensor& w, int64_t stride, int64_t padding);
