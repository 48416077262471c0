#pragma warning disable CS8981 // the lower-case names are the point of this file
// The one file that names the tensor library: link it (<Compile Include="…/TorchUsings.cs" />) to write against torch.* .
// With TorchSharp instead, these lines name TorchSharp and TorchSharp.torch.
global using NasEngine.Torch;
global using static NasEngine.Torch.torch;
global using Tensor = NasEngine.Torch.torch.Tensor;
global using functional = NasEngine.Torch.torch.nn.functional;
